from cms_kit import shown
def test_x(cms, site, fault_proxy):
    p = fault_proxy(cms)
    s = site(cms, p.url)
    s.picture("a.png")
    for n, slug in enumerate(["tea","cake"]):
        s.post(slug, day=n+1, tags="[Food, Q&A]", category="House", image="images/a.png", image_alt="A grey square", text="We like it.\n\n![A grey square](images/a.png)")
    for what in ("go_live", "go_live"):
        r = getattr(s, what)()
        print("=====", what, r.code); print(r.said)
        for w in p.writes(): print(w.shown, w.body[:1500])
        p.reset()
        s.post("tea", text="We love it.", tags="[Food, New]", category="House")
    assert 0
