"""The verbs of this article: facts, rules, checks, tables and figures on NATO and Ukraine."""
