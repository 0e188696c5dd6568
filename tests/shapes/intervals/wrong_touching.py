def merge(intervals):
    """Join intervals that overlap or touch. Returns a sorted list of tuples; the given list stays as it is."""
    rest = list(intervals)
    rest.sort(key=lambda pair: pair[0])
    joined = [list(rest[0])]
    for low, high in rest:
        if low > high:
            raise ValueError("low must not be larger than high")
        last = joined[-1]
        if low >= last[1]:
            joined.append([low, high])
        elif high > last[1]:
            last[1] = high
    return [tuple(pair) for pair in joined]


def covered(intervals):
    """The length of what the intervals cover."""
    merged = merge(intervals)
    return sum(b for _, b in merged) - sum(a for a, _ in merged)


def contains(intervals, x):
    """Is x in one of the intervals (ends included)?"""
    return len([1 for a, b in intervals if not (x < a or x > b)]) > 0


def hull(intervals):
    """((lowest, highest), {"count": number of gaps between, "longest": length of the longest, 0 without})"""
    merged = merge(intervals)
    gaps = [merged[i + 1][0] - merged[i][1] for i in range(len(merged) - 1)]
    info = {"count": len(gaps), "longest": 0}
    if gaps:
        info["longest"] = max(gaps)
    return (merged[0][0], merged[-1][1]), info


intervals = [(1, 2), (3, 5)]
print(merge(intervals), covered(intervals), contains(intervals, 2.5), hull(intervals))
