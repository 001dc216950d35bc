using Autopay.Application.Ledgers;
using Autopay.Storage;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a line of a story names beside its sentence.</summary>
public sealed class EventFactsTests
{
    private static readonly DebitId Debit = new(new AccountId("10-0001"), 1, 1);

    [Fact]
    public void A_bill_names_itself_and_its_charges()
    {
        var facts = EventFacts.Of(FirstEvents.Opened("B-1", 4_120));

        Assert.Equal(("billOpened", "B-1", 4_120), (facts.Kind, facts.Bill?.Value, facts.Cents));
    }

    [Fact]
    public void A_return_names_its_debit_the_code_and_what_was_returned_not_what_was_lost()
    {
        var facts = EventFacts.Of(
            new ReturnReceived(Debit, new Money(4_120), [], "R10", "returned")
            {
                On = new DateOnly(2020, 1, 22),
                IntentId = "pi_1",
                Lost = new Money(7),
            }
        );

        Assert.Equal((Debit, "R10", 4_120), (facts.Debit, facts.Code, facts.Cents));
    }

    [Fact]
    public void A_debit_that_waits_for_its_next_bill_names_no_hold() =>
        Assert.Null(
            EventFacts.Of(new DebitDeferred(Debit, [], new DateOnly(2020, 1, 22), "waits for the next bill")).Deferral
        );

    [Fact]
    public void A_held_debit_names_the_first_of_its_holds_and_a_merged_one_itself()
    {
        var held = new DebitDeferred(Debit, [new("outage"), new("second")], new DateOnly(2020, 1, 22), "held");
        var merged = new DebitMerged(Debit, Debit with { Sequence = 2 }, new DeferralId("late"), "merged");

        Assert.Equal((Debit, "outage"), (EventFacts.Of(held).Debit, EventFacts.Of(held).Deferral?.Value));
        Assert.Equal((Debit, "late"), (EventFacts.Of(merged).Debit, EventFacts.Of(merged).Deferral?.Value));
    }

    [Fact]
    public void Every_kind_is_the_name_under_which_the_event_is_stored()
    {
        var account = AccountScenario
            .GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenAPaymentIsPosted("p1", 2_000, "jan");

        Assert.All(account.LastEvents, it => Assert.Equal(it.GetType(), EventJson.Names[EventFacts.Of(it).Kind]));
        Assert.Contains(account.LastEvents, it => EventFacts.Of(it) is { Payment.Value: "p1", Cents: 2_000 });
    }
}
