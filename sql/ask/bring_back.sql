-- No row: adds decisions that the warehouse has lost.
INSERT INTO decision BY NAME FROM lost_decisions;
