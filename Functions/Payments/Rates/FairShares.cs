namespace Autopay.Payments.Rates;

/// <summary>Small wants are met, the others get equal parts of the rest: who asks for one call does not wait.</summary>
internal static class FairShares
{
    /// <param name="wants">By instance; all compute the same from the same row.</param>
    public static IReadOnlyDictionary<string, int> Of(int tokens, IReadOnlyDictionary<string, int> wants)
    {
        Dictionary<string, int> shares = new(StringComparer.Ordinal);
        var (left, asking) = (tokens, wants.Count);
        foreach (
            var (instance, wanted) in wants.OrderBy(want => want.Value).ThenBy(want => want.Key, StringComparer.Ordinal)
        )
        {
            var share = Math.Min(wanted, left / asking);
            shares[instance] = share;
            (left, asking) = (left - share, asking - 1);
        }

        return shares;
    }
}
