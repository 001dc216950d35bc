using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Http;

namespace Autopay.StripeSandbox.Faults;

/// <summary>
/// Stripe limits each endpoint by the second, and the account over all of them. Any second counts, whenever it begins,
/// of the real time and not of the sandbox's clock: moving that one is no load. What is refused does not count.
/// </summary>
internal sealed partial class RateLimit(int? perSecond, int? inAll, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> taken = new(StringComparer.Ordinal);

    public bool Exceeded(ApiCall call)
    {
        if (perSecond is null && inAll is null)
        {
            return false;
        }
        var now = time.GetUtcNow();
        lock (gate)
        {
            var (all, own) = (Lately("", now), Lately(call.Method + " " + AnyId().Replace(call.Path, "/{id}"), now));
            if (all.Count >= inAll || own.Count >= perSecond)
            {
                return true;
            }
            all.Enqueue(now);
            own.Enqueue(now);
            return false;
        }
    }

    private Queue<DateTimeOffset> Lately(string endpoint, DateTimeOffset now)
    {
        if (!taken.TryGetValue(endpoint, out var calls))
        {
            taken[endpoint] = calls = new Queue<DateTimeOffset>();
        }
        while (calls.TryPeek(out var first) && now - first >= Second)
        {
            calls.Dequeue();
        }
        return calls;
    }

    [GeneratedRegex("/[a-z]+_[A-Za-z0-9_]{6,}(?=/|$)")]
    private static partial Regex AnyId();
}
