"""The verbs of this article: facts, rules, tables and figures on the warmest year."""
