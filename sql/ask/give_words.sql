-- No row: adds the words that a night is lacking.
INSERT INTO word BY NAME FROM lacking;
