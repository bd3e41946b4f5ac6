"""Search over what is public: how texts and queries are taken apart, and two databases' full text behind one interface.

Words are folded and stemmed here, so that both databases give the same answers in the same order. Reaches no revision.
"""
