using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>Each bill counts once under its own due date, for everything that ever happened to it.</summary>
public sealed class CycleCountsTests
{
    [Fact]
    public async Task A_bill_that_is_collected_on_time_counts_as_debited_and_collected() =>
        await CountsAsync(
            new Drill().Account().Bill("B1", "2020-01-22"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 0, 0, 0, 0, 1, 50_00)
        );

    [Fact]
    public async Task A_held_bill_counts_as_deferred_and_after_the_clear_as_released() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-01-22")
                .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
                .Clear("2020-02-20T10:00"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 1, 0, 1, 0, 1, 50_00)
        );

    [Fact]
    public async Task A_bill_that_is_held_to_the_end_is_not_released() =>
        await CountsAsync(
            new Drill().Account().Bill("B1", "2020-01-22").Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 1, 0, 0, 0, 0, 0)
        );

    [Fact]
    public async Task A_bill_held_twice_counts_once() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-01-22")
                .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
                .Clear("2020-02-20T05:00")
                .Step("2020-02-20T05:30", "reopen", new() { ["cycles"] = new System.Text.Json.Nodes.JsonArray(1) })
                .Clear("2020-02-21T10:00"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 1, 0, 1, 0, 1, 50_00)
        );

    [Fact]
    public async Task A_released_bill_that_was_paid_meanwhile_counts_as_satisfied_too() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-01-22")
                .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
                .Pay("2020-02-18T17:00", "50.00")
                .Clear("2020-02-20T10:00"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 1, 0, 1, 1, 0, 0)
        );

    [Fact]
    public async Task A_merged_bill_is_collected_under_its_own_due_date()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-02-19")
            .Merge("2020-02-14T09:00", "2020-02-12", "2020-02-28")
            .Bill("B2", "2020-03-18", "20.00", "2020-03-04T08:00", previous: "50.00");
        var played = await drill.PlayAsync();
        Assert.Equal(new(1, new(2020, 2, 19), 1, 1, 1, 0, 0, 1, 50_00), played.Cycle("2020-02-19"));
        Assert.Equal(new(1, new(2020, 3, 18), 1, 0, 0, 0, 0, 1, 20_00), played.Cycle("2020-03-18"));
    }

    [Fact]
    public async Task A_bill_with_a_merge_target_at_once_was_never_deferred() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-02-19")
                .Bill("B2", "2020-03-18", previous: "50.00")
                .Merge("2020-02-14T09:00", "2020-02-12", "2020-02-28"),
            "2020-02-19",
            new(1, new(2020, 2, 19), 1, 0, 1, 0, 0, 1, 50_00)
        );

    [Fact]
    public async Task A_carried_bill_does_not_count_as_merged() =>
        await CountsAsync(
            new Drill().Account().Bill("B1", "2020-01-22", "0.30").Bill("B2", "2020-02-19", previous: "0.30"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 0, 0, 0, 0, 1, 30)
        );

    [Fact]
    public async Task A_bill_carried_and_then_folded_with_its_debit_counts_as_merged() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-01-22", "0.30")
                .Bill("B2", "2020-02-19", previous: "0.30")
                .Bill("B3", "2020-03-18", previous: "50.30")
                .Merge("2020-02-14T09:00", "2020-02-12", "2020-02-28"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 0, 1, 0, 0, 1, 30)
        );

    [Fact]
    public async Task A_suspension_counts_as_deferred_and_its_end_is_no_release() =>
        await CountsAsync(
            new Drill()
                .Account()
                .Bill("B1", "2020-01-22")
                .OfAccount("2020-01-21T09:00", "suspend")
                .OfAccount("2020-01-28T09:00", "suspend", to: "off"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 1, 0, 0, 0, 1, 50_00)
        );

    [Fact]
    public async Task What_was_returned_is_collected_no_more_but_it_was_once() =>
        await CountsAsync(
            new Drill().Account(method: "pm_usBankAccount_dispute").Bill("B1", "2020-01-22"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 1, 0, 0, 0, 0, 1, 0)
        );

    [Fact]
    public async Task A_bill_without_autopay_has_a_row_without_a_debit() =>
        await CountsAsync(
            new Drill().Account(autopay: "off").Bill("B1", "2020-01-22"),
            "2020-01-22",
            new(1, new(2020, 1, 22), 0, 0, 0, 0, 0, 0, 0)
        );

    [Fact]
    public async Task A_bill_counts_under_its_own_cycle_whatever_its_account_s_is() =>
        await CountsAsync(
            new Drill().Account().Bill("B1", "2020-01-22", cycle: 3),
            "2020-01-22",
            new(3, new(2020, 1, 22), 1, 0, 0, 0, 0, 1, 50_00)
        );

    private static async Task CountsAsync(Drill drill, string dueDate, ReportCycle expected)
    {
        using (drill)
        {
            Assert.Equal(expected, (await drill.PlayAsync()).Cycle(dueDate));
        }
    }
}
