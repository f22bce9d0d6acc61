"""Rules on what a post says around its claims: approval, risks, stories, people, words, licence.

They are called guards because each watches one danger, however well a claim is supported.
"""
