namespace Autopay.Payments.Rates;

/// <summary>
/// The tokens of one pool that an instance holds. Each rests after its call, whoever holds it then: of n tokens no
/// second sees more than n calls. They are used evenly over the round, so that calls do not arrive in heaps.
/// </summary>
internal sealed class PacedTokens
{
    private static readonly TimeSpan Late = RateTerms.Round - RateTerms.Rest;
    private readonly PriorityQueue<TimeSpan, TimeSpan> rested = new();
    private TimeSpan left = -RateTerms.Round;
    private TimeSpan givenUpAt = -RateTerms.Rest;

    public int Count => rested.Count;

    /// <summary>From when on the next call may leave. There is a token.</summary>
    public TimeSpan NextAt => rested.Peek() > Planned ? rested.Peek() : Planned;

    private TimeSpan Planned => left + (RateTerms.Round / Count);

    public bool MayLeave(TimeSpan now) => Count > 0 && NextAt <= now;

    public void Use(TimeSpan now)
    {
        left = Planned > now - Late ? Planned : now - Late;
        rested.Dequeue();
        Add(now + RateTerms.Rest);
    }

    /// <param name="from">From when on the new ones may be used; what was given up before may be among them.</param>
    public void GrowTo(int count, TimeSpan from)
    {
        while (Count < count)
        {
            Add(from > givenUpAt + RateTerms.Rest ? from : givenUpAt + RateTerms.Rest);
        }
    }

    /// <summary>Gives up what was used last.</summary>
    public void ShrinkTo(int count, TimeSpan now)
    {
        if (Count <= count)
        {
            return;
        }

        givenUpAt = now;
        var kept = rested.UnorderedItems.Select(item => item.Element).Order().Take(count).ToList();
        rested.Clear();
        kept.ForEach(Add);
    }

    private void Add(TimeSpan from) => rested.Enqueue(from, from);
}
