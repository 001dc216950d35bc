using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Http;

namespace Autopay.StripeSandbox.Faults;

/// <summary>
/// Stripe limits each endpoint by the second. Counted in the seconds of the real time, not of the sandbox's clock:
/// moving that one is no load.
/// </summary>
internal sealed partial class RateLimit(int? perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Second, int Calls)> windows = new(StringComparer.Ordinal);

    public bool Exceeded(ApiCall call)
    {
        if (perSecond is not { } limit)
        {
            return false;
        }
        var endpoint = call.Method + " " + AnyId().Replace(call.Path, "/{id}");
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            var window = windows.GetValueOrDefault(endpoint);
            var calls = window.Second == second ? window.Calls + 1 : 1;
            windows[endpoint] = (second, calls);
            return calls > limit;
        }
    }

    [GeneratedRegex("/[a-z]+_[A-Za-z0-9_]{6,}(?=/|$)")]
    private static partial Regex AnyId();
}
