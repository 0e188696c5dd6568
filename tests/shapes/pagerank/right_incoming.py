# PageRank of a small web
links = {"home": ["about", "blog", "shop"], "about": ["home"], "blog": ["home", "shop"], "shop": ["blog", "home"], "old": ["shop"]}
damping = 0.85
tolerance = 1e-3

def step(old):
    new = {}
    for page in links:
        incoming = sum(old[q] / len(links[q]) for q in links if page in links[q])
        new[page] = (1 - damping) / len(links) + damping * incoming
    return new

ranks = dict.fromkeys(links, 1 / len(links))
rounds, done = 0, False
while not done and rounds < 100:
    following = step(ranks)
    difference = 0
    for page in ranks:
        difference += abs(following[page] - ranks[page])
    done = difference <= tolerance
    ranks = following
    rounds += 1
best = sorted(ranks, key=lambda page: -ranks[page])[0]
