using Autopay.Application.Ports.Provider;

namespace Autopay.Benchmarks.World;

/// <summary>Intents in the order of Stripe's list, the newest first; many, so it is made once for all pages.</summary>
public sealed class IntentList(IReadOnlyDictionary<string, IntentReading> intents)
{
    private const int MostOfAPage = 100;
    private readonly Lock gate = new();
    private string[] ids = [];
    private Dictionary<string, int> places = [];

    public IntentPage Page(IntentRange range)
    {
        List();
        var begin = range.After is { } after ? places[after] + 1 : Newest(range.Before);
        var left = ids.Skip(begin).TakeWhile(id => range.Holds(intents[id].CreatedAt)).Take(MostOfAPage + 1).ToList();
        IReadOnlyList<IntentReading> page = [.. left.Take(MostOfAPage).Select(id => intents[id])];
        return new IntentPage(page, left.Count > MostOfAPage ? range with { After = page[^1].IntentId } : null);
    }

    private void List()
    {
        lock (gate)
        {
            if (ids.Length != intents.Count)
            {
                ids =
                [
                    .. intents
                        .Values.OrderByDescending(intent => intent.CreatedAt)
                        .ThenBy(intent => intent.IntentId, StringComparer.Ordinal)
                        .Select(intent => intent.IntentId),
                ];
                places = ids.Index().ToDictionary(it => it.Item, it => it.Index);
            }
        }
    }

    // Where the first one is that was created before then.
    private int Newest(DateTimeOffset? before)
    {
        var (low, high) = (0, ids.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = intents[ids[middle]].CreatedAt >= before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
