using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Reconciling;

/// <summary>
/// The provider's list in several ranges of time, so that a long one need not be read page after page. Every intent is
/// in one range and no more, wherever they are cut.
/// </summary>
internal static class IntentRanges
{
    /// <summary>So many pages are read side by side: a small share of Stripe's rate.</summary>
    public const int AtOnce = 8;

    /// <summary>The provider counts in seconds; what is shorter than this is not worth a call more.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>What is left when these pages were read. A range that has more is cut in two, as long as there are few
    /// of them.</summary>
    public static IReadOnlyList<IntentRange> After(IReadOnlyList<IntentPage> pages)
    {
        var left = pages.Where(page => page.Rest is not null).ToList();
        var room = AtOnce - left.Count;
        List<IntentRange> ranges = [];
        foreach (var page in left)
        {
            var (rest, oldest) = (page.Rest!, page.Intents[^1].CreatedAt);
            if (room > 0 && oldest - rest.From > Shortest)
            {
                var middle = rest.From + ((oldest - rest.From) / 2);
                ranges.AddRange(rest with { From = middle }, new IntentRange(rest.From, middle));
                room--;
            }
            else
            {
                ranges.Add(rest);
            }
        }

        return ranges;
    }
}
