using System.Globalization;

namespace Autopay.Domain.Notices;

/// <summary>Finance records what the city told everybody (R44).</summary>
public sealed record PublicNoticeRecorded(
    string Id,
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PublishedOn,
    DateOnly? DebitsFrom,
    bool CoversAmounts,
    string Audience,
    string Evidence
) : ControlChange
{
    /// <summary>Its words, where two people record it; else the reason is.</summary>
    public string? What { get; init; }
}

/// <summary>It was recorded wrongly: nobody was told by it.</summary>
public sealed record PublicNoticeWithdrawn(string Id) : ControlChange;

/// <summary>Public notices among the controls.</summary>
public static class PublicNotices
{
    extension(Controls controls)
    {
        internal Controls Record(PublicNoticeRecorded recorded, Authority authority)
        {
            controls.Require(recorded);
            return controls with { PublicNotices = [.. controls.PublicNotices, ToNotice(recorded, authority)] };
        }

        /// <summary>What two people read before a notice of an earlier day lets debits leave.</summary>
        /// <exception cref="RefusedException">It cannot be recorded.</exception>
        internal string ShowNotice(PublicNoticeRecorded notice)
        {
            controls.Require(notice);
            var debits = notice.DebitsFrom is { } from ? Text(from) : "any day";
            return $"Public notice {notice.Id} counts from {Text(notice.PublishedOn)}, an earlier day: "
                + $"{notice.What?.TrimEnd('.')}. It told {notice.Audience} of debits from {debits} on, "
                + $"{(notice.CoversAmounts ? "with" : "without")} their amounts, for bills due "
                + $"{Text(notice.DueFrom)} to {Text(notice.DueTo)} of cycle {string.Join(", ", notice.Cycles)}. "
                + $"Evidence: {notice.Evidence}";
        }

        private void Require(PublicNoticeRecorded recorded)
        {
            if (controls.PublicNotices.Any(notice => notice.Id == recorded.Id))
            {
                throw new RefusedException($"A public notice '{recorded.Id}' was already recorded; choose another id.");
            }

            if (recorded.DueTo < recorded.DueFrom || recorded.Cycles.Count == 0)
            {
                throw new RefusedException(
                    "A public notice needs at least one cycle and a window of due dates whose end is not before its "
                        + "start."
                );
            }
        }

        internal Controls Withdraw(PublicNoticeWithdrawn withdrawn, Authority authority)
        {
            var notice =
                controls.PublicNotices.FirstOrDefault(notice => notice.Id == withdrawn.Id)
                ?? throw new RefusedException($"There is no public notice '{withdrawn.Id}'.");
            return notice.WithdrawnAt is not null
                ? controls
                : controls with
                {
                    PublicNotices =
                    [
                        .. controls.PublicNotices.Select(it =>
                            it.Id == notice.Id ? it with { WithdrawnAt = authority.At } : it
                        ),
                    ],
                };
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PublicNotice ToNotice(PublicNoticeRecorded recorded, Authority authority) =>
        new(
            recorded.Id,
            recorded.Cycles,
            recorded.DueFrom,
            recorded.DueTo,
            recorded.PublishedOn,
            recorded.DebitsFrom,
            recorded.CoversAmounts,
            recorded.What ?? authority.Why,
            recorded.Audience,
            recorded.Evidence,
            authority.At
        );
}
