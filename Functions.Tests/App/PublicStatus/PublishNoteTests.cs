using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.PublicStatus;

/// <summary>What finance says in public, alone or with a second person.</summary>
public sealed class PublishNoteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_line_of_finance_waits_for_a_second_person_where_the_city_wants_one(bool second, int waiting)
    {
        await using var world = new ChargingWorld();

        var note = new PublicNotePublished("Bills come late.", "Las facturas llegan tarde.");
        var after = await NoteOf(world, second).PublishAsync("note", note, Request(world), Cancel);

        Assert.Equal((waiting, second), (after.Approvals.Count, after.PublicNote is null));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Customers_who_were_charged_twice_are_told_of_a_day_that_has_come(int days, bool isTold)
    {
        await using var world = new ChargingWorld();
        await world.ChangeAsync(new ChargingHalted());
        var told = new ChargedTwiceTold(world.Now.Today.AddDays(days));

        var refused = await Record.ExceptionAsync(() =>
            NoteOf(world, second: true).TellAsync(told, Request(world), Cancel)
        );

        Assert.Equal(isTold, refused is null);
        Assert.True(refused is null or RefusedException);
        Assert.Equal(isTold, world.Controls.Current.ChargedTwice is not null);
    }

    private static PublishNote NoteOf(ChargingWorld world, bool second) =>
        new(world.Verb<ChangeControls>(), new Policies { SecondPerson = second }, world.Verb<CityClock>());

    private static ChangeRequest Request(ChargingWorld world) => new(new Authority("ann", "an outage", world.Now.Utc));
}
