"""The demo workspace of `make run`: a synthetic group of 19 party organisations and 470 people with a year behind it.

Everything is invented (`shared.synthetic`). The past is written in bulk with the same models that the product uses;
what follows from it, obligations and their states, is drawn up by the product's own actions.
"""
