using System.Text.Json.Nodes;
using Autopay.Rehearsal.Steps;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>A step names the record that is read, and that record says which fields there are (D120).</summary>
public sealed class StepKindsTests
{
    [Fact]
    public void The_names_of_the_steps_are_these() =>
        Assert.Equal(
            [
                "import",
                "announce",
                "apply",
                "approve",
                "autopay",
                "bank",
                "cancel",
                "clear",
                "defer",
                "exempt",
                "go",
                "halt",
                "keep",
                "mail",
                "rearm",
                "release",
                "reopen",
                "resume",
                "shield",
                "skip",
                "suspend",
                "take",
                "unshield",
                "unwaive",
                "waive",
                "withdraw",
            ],
            StepKinds.Names
        );

    [Fact]
    public async Task A_field_of_another_step_only_warns()
    {
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "halt", new() { ["dueFrom"] = "soon" });
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "timeline.json: field steps[1].dueFrom is not known and is ignored",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_fields_that_every_step_has_do_not_warn()
    {
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "halt", new() { ["reason"] = "storm" });
        Assert.DoesNotContain("is ignored", (await Rehearse.RunAsync(drill.Write())).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_null_is_missing()
    {
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "withdraw", new() { ["id"] = null });
        Assert.Contains(
            "field steps[1].id: missing; a step 'withdraw' needs it.",
            (await Rehearse.RunAsync(drill.Write())).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_rearm_names_a_bill_unless_it_names_an_import()
    {
        using var drill = new Drill()
            .Account()
            .Step("2020-01-14T08:00", "rearm", new() { ["import"] = "gone.csv" })
            .Step(
                "2020-01-14T08:01",
                "rearm",
                new()
                {
                    ["import"] = null,
                    ["account"] = "A9",
                    ["bill"] = "B1",
                }
            );
        var lines = (await drill.PlayAsync()).Lines;
        Assert.EndsWith("rearm     refused: There is no import gone.csv.", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith("rearm     refused: There is no account A9.", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take", null, null)]
    [InlineData("keep", "B1", "P1")]
    public async Task A_correction_is_named_by_a_bill_or_a_payment(string verb, string? bill, string? payment)
    {
        var fields = new JsonObject { ["bill"] = bill, ["payment"] = payment };
        using var drill = new Drill().Account().Step("2020-01-14T08:00", verb, fields);
        Assert.Contains(
            $"field steps[1]: a step '{verb}' names a bill or a payment.",
            (await Rehearse.RunAsync(drill.Write())).Errors,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("badRows", "drop", "'drop'; expected setAside or refuse.")]
    [InlineData("kind", "bills", "only an accounts file can be complete.")]
    public async Task An_import_that_makes_no_sense_is_refused(string field, string value, string expected)
    {
        var fields = new JsonObject
        {
            ["kind"] = "accounts",
            ["file"] = "file-0.csv",
            ["complete"] = true,
        };
        fields[field] = value;
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "import", fields);
        Assert.Contains(expected, (await Rehearse.RunAsync(drill.Write())).Errors, StringComparison.Ordinal);
    }
}
