namespace Autopay.Tests.Rules.Domain;

/// <summary>Which debits of a day go elsewhere when what is in force over it changes: what sums tell.</summary>
public sealed class DayCoverTests
{
    private static readonly Dictionary<char, DayCover> Covers = new()
    {
        ['-'] = new(Held: false, Merged: false),
        ['h'] = new(Held: true, Merged: false),
        ['m'] = new(Held: false, Merged: true),
        ['b'] = new(Held: true, Merged: true),
    };

    // From what to what: nothing, hold, merge, both.
    [Theory]
    [InlineData(DebitState.Scheduled, "-h -m -b hm hb mb mh")]
    [InlineData(DebitState.RetryScheduled, "-h -b mh mb")]
    [InlineData(DebitState.Deferred, "-m -b h- hm hb b- bm m-")]
    [InlineData(DebitState.Merged, "m- mh b- bh")]
    [InlineData(DebitState.Submitted, "")]
    [InlineData(DebitState.NeedsReview, "")]
    public void Only_these_changes_move_a_debit_in_this_state(DebitState state, string moving)
    {
        var changes = Covers.Keys.SelectMany(_ => Covers.Keys, (from, to) => $"{from}{to}");

        Assert.Equal(
            moving.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            changes.Where(it => Covers[it[0]].Moves(state, Covers[it[1]])).Order(StringComparer.Ordinal)
        );
    }
}
