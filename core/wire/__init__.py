"""The contract: names, operations, fault codes and schema of UWLR 2.2 and 2.3. Both halves may import it; it imports
nothing of ours."""
