using Autopay.Application.Finance;
using Autopay.Pages.Pictures;

namespace Autopay.Pages.Cycles;

/// <param name="Picture">The due dates around today.</param>
/// <param name="All">Those of the whole span, for the table.</param>
public sealed record TimelineModel(DateOnly? From, DateOnly? To, TimelinePicture Picture, TimelinePicture All)
{
    public static TimelineModel Of(DueDateTimeline timeline, IReadOnlyList<CycleName> names, int most)
    {
        var known = Names(timeline, names);
        return new TimelineModel(
            timeline.From,
            timeline.To,
            TimelinePicture.Of(timeline, known),
            TimelinePicture.Of(timeline, known, most)
        );
    }

    /// <summary>The cycles of a timeline, those that the configuration does not name too.</summary>
    public static IReadOnlyList<CycleName> Names(DueDateTimeline timeline, IReadOnlyList<CycleName> names) =>
        [
            .. timeline
                .Days.Select(day => day.Cycle)
                .Distinct()
                .Order()
                .Select(cycle =>
                    names.FirstOrDefault(name => name.Cycle == cycle) ?? new CycleName(cycle, $"Cycle {cycle}", "")
                ),
        ];
}
