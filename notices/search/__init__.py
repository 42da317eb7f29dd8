"""Finding notices: the index, what is asked of it, the text of attachments, saved searches."""
