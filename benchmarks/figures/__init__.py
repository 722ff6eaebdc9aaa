"""Each module here measures one family: `IDS` names its figures, `measure(wanted)` yields them."""
