def merge(intervals):
    if any(b < a for a, b in intervals):
        raise ValueError
    events = sorted([(a, 0) for a, b in intervals] + [(b, 1) for a, b in intervals])
    result, depth, start = [], 0, None
    for place, is_end in events:
        if depth == 0:
            start = place
        depth += -1 if is_end else 1
        if depth == 0:
            result.append((start, place))
    return result

def covered(intervals):
    total = 0
    for a, b in merge(intervals):
        total += b - a
    return total

def contains(intervals, x):
    for a, b in intervals:
        if a <= x and x < b:
            return True
    return False

def hull(intervals):
    m = merge(intervals)
    lows, highs = [a for a, _ in m], [b for _, b in m]
    longest = 0
    for high, low in zip(highs[:-1], lows[1:]):
        longest = max(longest, low - high)
    return (min(lows), max(highs)), dict(count=len(m) - 1, longest=longest)
