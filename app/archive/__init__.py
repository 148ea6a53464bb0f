"""What a link is, and where links come from: the owner's file, and the files of others."""
