"""What every record shares, and the one way to write any.

Where to look:

- who may: `acting` (who acts), `choices`, `rules` (may they), `keeping` (who keeps which kind)
- what there is: `models`, `managers` (public by default), `kinds` (the registry)
- `pictures`: their files, and what is in them
- what must hold: `checks` between records, `uniqueness`, `guards` (of what one becomes)
- what rooms above hold on a record that is removed: `partings`
- one record as plain JSON: `plain` (read), `filling` (put back), `renamed` (names of long ago)
- what follows from records: `derived`, `references` (who names whom), `order`, `numbers`,
  `numbered` (what people call them by)
- by what it is found: `searched` (said by each kind), `search` (the index)
- writing: `actions`, and `refusals` (why not)
- reading: `queries`, `removals` (what is gone), `forms` and `columns` (of lists), `sections` (of
  pages of rooms below), `standing` (who confirmed and who disputes it), `titles`, `jinja`,
  `views`, `urls`
"""
