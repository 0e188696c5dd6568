# PageRank of a small web
links = {"home": ["about", "blog", "shop"], "about": ["home"], "blog": ["home", "shop"], "shop": ["blog", "home"], "old": ["shop"]}
damping = 0.85
tolerance = 1e-3

pages = list(links)
n = len(pages)
ranks = {page: 1 / n for page in pages}

# In[2]:
rounds = 0
change = 1.0
while change > tolerance and rounds < 100:
    # TODO: what every page gets
    new = {page: (1 - damping) / n for page in pages}
    for page, targets in links.items():
        for target in targets:
            # TODO: what a link hands on
            new[target] += damping * ranks[page] / len(targets)
    # TODO: the sum of the absolute changes
    change = sum(abs(new[page] - ranks[page]) for page in pages)
    ranks = new
    rounds += 1

# In[3]:
# TODO
best = max(ranks.values())
print(ranks, sum(ranks.values()))
print(best, "after", rounds, "rounds")
