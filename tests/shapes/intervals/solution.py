def merge(intervals):
    """Join intervals that overlap or touch. Returns a sorted list of tuples; the given list stays as it is."""
    merged = []
    for low, high in sorted(intervals):
        if low > high:
            raise ValueError(f"{low} is larger than {high}")
        # TODO: longer, or a new one
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def covered(intervals):
    """The length of what the intervals cover."""
    # TODO
    return sum(high - low for low, high in merge(intervals))


def contains(intervals, x):
    """Is x in one of the intervals (ends included)?"""
    # TODO
    return any(low <= x <= high for low, high in intervals)


def hull(intervals):
    """((lowest, highest), {"count": number of gaps between, "longest": length of the longest, 0 without})"""
    merged = merge(intervals)
    gaps = []
    for left, right in zip(merged, merged[1:]):
        # TODO
        gaps.append(right[0] - left[1])
    # TODO
    ends = (merged[0][0], merged[-1][1])
    return ends, {"count": len(gaps), "longest": max(gaps, default=0)}


# Example
intervals = [(4, 6.5), (0, 1), (5, 9), (0.5, 2), (12, 13), (2, 2.5), (5.5, 6)]
x = 9
merged = merge(intervals)
length = covered(intervals)
hit = contains(intervals, x)
(low, high), gaps = hull(intervals)
order = intervals
print(merged, length, hit)
print(low, high, gaps)
print(order)
