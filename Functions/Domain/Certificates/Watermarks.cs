namespace Autopay.Domain.Certificates;

/// <summary>
/// What a clear says of each channel must not be contradicted by what was counted. A payment that is posted for a
/// later day contradicts nothing: through which day all is in says nothing of the days after it.
/// </summary>
public static class Watermarks
{
    /// <returns>A sentence for each contradiction, by channel.</returns>
    public static IReadOnlyList<string> Contradictions(
        IReadOnlyDictionary<string, DateOnly> receivedThrough,
        Certificate certificate
    ) =>
        [
            .. certificate
                .Lines.Where(line => line.CountedCount > 0)
                .GroupBy(line => line.Key.Channel)
                .OrderBy(channel => channel.Key, StringComparer.Ordinal)
                .Select(channel => Contradiction(receivedThrough, channel))
                .OfType<string>(),
        ];

    private static string? Contradiction(
        IReadOnlyDictionary<string, DateOnly> receivedThrough,
        IGrouping<string, CertificateLine> channel
    )
    {
        var last = channel.MaxBy(line => line.Key.ReceivedOn)!;
        return !receivedThrough.TryGetValue(channel.Key, out var through)
                ? $"{channel.Key} was counted ({last.Key}), and receivedThrough does not name {channel.Key}."
            : last.Key.ReceivedOn > through
                ? $"{channel.Key} is said to be received through {through:yyyy-MM-dd}, and there is a count of a later "
                    + $"day: {last}."
            : null;
    }
}
