"""What every record shares, and the one way to write any.

Where to look:

- who may: `acting` (who acts), `choices` (words of keeping and agreeing), `rules` (may they)
- what there is: `models`, `managers` (public by default), `kinds` (the registry), and
  `registration` (what a kind, or a room above, says of itself there)
- `pictures`: their files, and what is in them
- what must hold: `checks` between records, `uniqueness`
- one record as plain JSON: `plain`
- what follows from records: `derived`, `references` (who names whom), `numbered` (what people
  call them by)
- writing: `actions`, `refusals` (why not), `bulk` (thousands at once)
- reading: `queries`, `search` (the index), `lists`, `removals` (what is gone), `sections` (of pages
  of rooms below), `standing` (who confirmed and who disputes it), `titles`, `jinja`, `views`,
  `urls`
"""
