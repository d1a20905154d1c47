"""The record written as a folder: `collect` what goes, `export` it, `exchange` the files."""
