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
) : ControlChange;

/// <summary>It was recorded wrongly: nobody was told by it.</summary>
public sealed record PublicNoticeWithdrawn(string Id) : ControlChange;

/// <summary>Public notices among the controls.</summary>
public static class PublicNotices
{
    extension(Controls controls)
    {
        internal Controls Record(PublicNoticeRecorded recorded, Authority authority)
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

            return controls with
            {
                PublicNotices = [.. controls.PublicNotices, ToNotice(recorded, authority)],
            };
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

    private static PublicNotice ToNotice(PublicNoticeRecorded recorded, Authority authority) =>
        new(
            recorded.Id,
            recorded.Cycles,
            recorded.DueFrom,
            recorded.DueTo,
            recorded.PublishedOn,
            recorded.DebitsFrom,
            recorded.CoversAmounts,
            authority.Why,
            recorded.Audience,
            recorded.Evidence,
            authority.At
        );
}
