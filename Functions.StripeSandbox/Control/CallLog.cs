using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Http;

namespace Autopay.StripeSandbox.Control;

/// <summary>Every call that arrived, whatever became of it: what tests of "no more than one confirm" look at.</summary>
internal sealed partial class CallLog
{
    private readonly Lock gate = new();
    private readonly List<RecordedCall> calls = [];

    public int Begin(ApiCall call)
    {
        lock (gate)
        {
            calls.Add(new RecordedCall(calls.Count, call.Method, call.Path, call.IdempotencyKey, null, null, false));
            return calls.Count - 1;
        }
    }

    public void End(int number, int? status, string? fault, bool replayed)
    {
        lock (gate)
        {
            if (number < calls.Count)
            {
                calls[number] = calls[number] with { Status = status, Fault = fault, Replayed = replayed };
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
        }
    }

    public CallReport Report()
    {
        lock (gate)
        {
            var counts = calls.CountBy(
                call => $"{call.Method} {AnyId().Replace(call.Path, "/{id}")}",
                StringComparer.Ordinal
            );
            return new CallReport(
                calls.Count,
                new SortedDictionary<string, int>(counts.ToDictionary(), StringComparer.Ordinal),
                [.. calls]
            );
        }
    }

    /// <summary>Everything after the resource's name that is not a verb.</summary>
    [GeneratedRegex("(?<=^/v1/[a-z_]+)/[^/]+")]
    private static partial Regex AnyId();
}

/// <summary>`Status` null: no answer went back (reset, hang), or none yet.</summary>
public sealed record RecordedCall(
    int Number,
    string Method,
    string Path,
    string? Key,
    int? Status,
    string? Fault,
    bool Replayed
);

public sealed record CallReport(int Total, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<RecordedCall> Calls);
