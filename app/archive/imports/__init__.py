"""Reading other people's files of links: one module per format, nothing ever fetched."""
