using Autopay.Application.Work;

namespace Autopay.Application.Stuck;

/// <summary>What takes an item off the stuck list when neither replay nor discard does.</summary>
internal static class StuckAdvice
{
    /// <summary>A sentence with the route.</summary>
    public static string Of(StuckEntry entry) =>
        KindOfWork.OfStuck(entry.Kind)?.Advice is { } advice
            ? advice(entry)
            : $"What can be done about it: {string.Join(", ", entry.Actions ?? [])}.";
}
