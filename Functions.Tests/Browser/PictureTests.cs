using Autopay.Application.Finance;
using Autopay.Pages.Pictures;

namespace Autopay.Tests.Browser;

/// <summary>Pictures from their records, without a browser: what is drawn is what adds up.</summary>
public sealed class PictureTests
{
    private static readonly DateOnly Today = new(2020, 2, 20);

    [Fact]
    public void A_waterfall_whose_steps_are_not_its_end_says_so() =>
        Assert.Equal([true, false], [Waterfall(60_00).AddsUp, Waterfall(60_01).AddsUp]);

    [Fact]
    public void Each_bar_begins_where_the_last_one_ended()
    {
        var bars = Waterfall(60_00).Bars;

        Assert.Equal([(0, 1), (0.6, 0.4), (0, 0.6)], bars.Select(bar => (bar.From, bar.Width)));
    }

    [Fact]
    public void A_merged_due_date_points_to_the_next_one_that_is_not_merged()
    {
        var merge = new DeferralOfDay(new DeferralId("mail"), DeferralAction.Merge, false, "No mail", null);
        var picture = Picture(
            Day(1, Today.AddDays(-1), merge),
            Day(1, Today.AddDays(13), merge),
            Day(1, Today.AddDays(27))
        );

        Assert.Equal([Today.AddDays(27), Today.AddDays(27), null], picture.Cells.Select(cell => cell.JoinsOn));
        Assert.Equal((0, 1), (picture.Spans.Single().First, picture.Spans.Single().Last));
    }

    [Fact]
    public void Of_many_due_dates_those_around_today_are_drawn()
    {
        var picture = Picture([.. Enumerable.Range(-30, 60).Select(week => Day(1, Today.AddDays(7 * week)))]);

        Assert.Equal(TimelinePicture.MostDates, picture.Dates.Count);
        Assert.True(picture.Dates[0] < Today && picture.Dates[^1] > Today);
    }

    [Theory]
    [InlineData(-60, 60)]
    [InlineData(0, 1)]
    public void Where_there_are_few_all_of_them_are_drawn(int first, int last)
    {
        var picture = Picture(Day(1, Today.AddDays(first)), Day(2, Today.AddDays(last)));

        Assert.Equal([Today.AddDays(first), Today.AddDays(last)], picture.Dates);
    }

    private static WaterfallPicture Waterfall(long end) =>
        new(
            "Finding",
            "Bills",
            [
                new WaterfallStep("Billed", new Money(100_00), 2, StepKind.Sum),
                new WaterfallStep("Paid", new Money(-40_00), 1, StepKind.Less),
                new WaterfallStep("Collected", new Money(end), 1, StepKind.Sum),
            ]
        );

    private static TimelinePicture Picture(params TimelineDay[] days) =>
        TimelinePicture.Of(
            new DueDateTimeline(null, null, Today, default, true, 1, days),
            [new CycleName(1, "Cycle 1", ""), new CycleName(2, "Cycle 2", "")]
        );

    private static TimelineDay Day(int cycle, DateOnly due, params DeferralOfDay[] deferrals) =>
        new(due, cycle, 1, 4120, 0, [new StateCount(DebitState.Scheduled, 1, 4120)], deferrals);
}
