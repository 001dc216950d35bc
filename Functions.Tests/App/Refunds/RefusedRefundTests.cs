using Autopay.Tests.App.ChargeProtocol;
using static Autopay.Tests.App.Refunds.RefundSteps;

namespace Autopay.Tests.App.Refunds;

/// <summary>What is asked for and must not be given back.</summary>
public sealed class RefusedRefundTests
{
    [Fact]
    public async Task The_same_request_again_changes_nothing_and_other_content_is_refused()
    {
        await using var world = await CollectedAsync();
        await AskAsync(world, "r1", cents: 1000);

        await AskAsync(world, "r1", cents: 1000);
        Assert.Contains(
            "other content",
            await RefusedAsync(world, "r1", RefundKind.Refund, 2000),
            StringComparison.Ordinal
        );
        Assert.Contains("is left", await RefusedAsync(world, "r2", RefundKind.Refund, 4001), StringComparison.Ordinal);
        Assert.Single(world.Debit().Refunds);
    }

    [Fact]
    public async Task A_reversal_takes_everything_back_within_five_banking_days_and_not_later()
    {
        await using var late = await CollectedAsync();
        late.At(late.Now.Today.AddDays(8));
        Assert.Contains(
            "banking days",
            await RefusedAsync(late, "r1", RefundKind.Reversal, null),
            StringComparison.Ordinal
        );

        await using var world = await CollectedAsync();
        Assert.Contains(
            "whole debit",
            await RefusedAsync(world, "r1", RefundKind.Reversal, 100),
            StringComparison.Ordinal
        );
        await AskAsync(world, "r1", RefundKind.Reversal);
        await world.SweepAsync();

        Assert.Equal(RefundKind.Reversal, world.Debit().Refunds.Single().Kind);
        ThenGivenBackOnce(world);
    }

    [Fact]
    public async Task Only_what_was_collected_can_be_given_back()
    {
        await using var world = await RecoveryTests.DueAsync();
        await world.WalkAsync();

        Assert.Contains(
            "Submitted",
            await RefusedAsync(world, "r1", RefundKind.Refund, null),
            StringComparison.Ordinal
        );
    }
}
