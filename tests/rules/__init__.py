"""One file a part of the notice: rows that just pass and just fail, each with exactly the rules that they break."""
