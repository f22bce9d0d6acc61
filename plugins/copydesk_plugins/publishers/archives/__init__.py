"""Files that hold the posts of a whole blog, and the text of such posts as readers see it."""
