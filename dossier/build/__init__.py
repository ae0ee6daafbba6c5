"""The build: notebooks run, formats set, gates run, and the files put into reports/."""
