"""Two links: one with every field and every character that is special somewhere, one bare."""

from app.archive.file.load import parse

ARCHIVE = parse(
    b"- {title: 'A <b> & \"c\"', url: 'https://a.example/?x=1&y=2', author: 'Jo & Flo',"
    b" note: 'Why <not>?', tags: [one, 'a & b', /c], added: 2024-12-20}\n"
    b"- {title: Plain, url: 'https://b.example/', id: plain}\n",
    "x",
).archive
