using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Storage.Imports;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// One import is applied at a time, of whatever kind, in order of arrival; who died keeps nobody waiting for ever.
/// </summary>
[Trait("Layer", "L4")]
public sealed class ImportTurnTests(Books books) : IClassFixture<Books>, IAsyncLifetime
{
    private readonly TableImportStore imports = new(books.Clients);

    public async ValueTask InitializeAsync()
    {
        foreach (var left in await imports.ReadUnfinishedAsync(CancellationToken.None).ToListAsync())
        {
            await DoneAsync(left);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_import_waits_for_every_one_that_arrived_before_it_of_whatever_kind()
    {
        var bills = await ArriveAsync("order-bills", hour: 2);
        var accounts = await ArriveAsync("order-accounts", hour: 1, ImportKind.Accounts);

        Assert.False(await TakeAsync(bills));
        Assert.True(await TakeAsync(accounts));
        Assert.True(await TakeAsync(accounts));
        await DoneAsync(accounts);

        Assert.True(await TakeAsync(bills));
    }

    [Fact]
    public async Task Of_two_that_arrived_at_once_the_id_decides()
    {
        var (second, first) = (await ArriveAsync("tie-2", hour: 1), await ArriveAsync("tie-1", hour: 1));

        Assert.False(await TakeAsync(second));
        Assert.True(await TakeAsync(first));
    }

    [Fact]
    public async Task Who_has_the_turn_keeps_it_until_it_is_done_although_an_older_one_turns_up()
    {
        var newer = await ArriveAsync("late-2", hour: 2);
        Assert.True(await TakeAsync(newer));
        var older = await ArriveAsync("late-1", hour: 1);

        Assert.False(await TakeAsync(older));
        Assert.True(await TakeAsync(newer));
        await imports.EndTurnAsync(older, CancellationToken.None);
        Assert.False(await TakeAsync(older));
        await DoneAsync(newer);

        Assert.True(await TakeAsync(older));
    }

    [Fact]
    public async Task A_turn_that_was_left_behind_is_nobodys_once_its_import_is_done_and_was_asked_for_again()
    {
        var first = await ArriveAsync("left", hour: 1);
        Assert.True(await TakeAsync(first));
        var waiting = await ArriveAsync("left-2", hour: 2);
        var again = await SaveAsync(first with { Repeats = [At(3)] });

        Assert.False(await TakeAsync(again));
        Assert.True(await TakeAsync(waiting));
        await imports.EndTurnAsync(first, CancellationToken.None);
        Assert.False(await TakeAsync(again));
    }

    [Fact]
    public async Task What_waits_for_approval_has_no_turn_and_lets_payments_pass()
    {
        var accounts = await ArriveAsync("held-accounts", hour: 1, ImportKind.Accounts);
        Assert.True(await TakeAsync(accounts));
        var held = await SaveAsync(accounts with { State = ImportState.WaitsForApproval });
        var bills = await ArriveAsync("held-bills", hour: 2);
        var payments = await ArriveAsync("held-payments", hour: 3, ImportKind.Payments);

        Assert.False(await TakeAsync(held));
        Assert.False(await TakeAsync(bills));
        Assert.True(await TakeAsync(payments));
        var agreed = await SaveAsync(held with { State = ImportState.Stored });
        Assert.False(await TakeAsync(agreed));
        await DoneAsync(payments);

        Assert.True(await TakeAsync(agreed));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_the_turn()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(1, 6).Select(number => ArriveAsync($"race-{number}", hour: number))
        );

        var took = await Task.WhenAll(all.Concat(all).Select(TakeAsync));

        Assert.Equal([0, 6], took.Index().Where(it => it.Item).Select(it => it.Index));
    }

    [Fact]
    public async Task F35_a_lost_answer_to_the_turn_is_the_turn()
    {
        var import = await ArriveAsync("lost-turn", hour: 1);
        books.Watch.LoseNextAnswer();

        Assert.True(await TakeAsync(import));
    }

    private Task<bool> TakeAsync(ImportRecord import) => imports.TakeTurnAsync(import, CancellationToken.None);

    private async Task<ImportRecord> ArriveAsync(string id, int hour, ImportKind kind = ImportKind.Bills)
    {
        var import = new ImportRecord
        {
            Id = id,
            Kind = kind,
            FileName = "a.csv",
            Sha256 = "00",
            Authority = At(hour),
            Rows = 1,
            Total = Money.Zero,
        };
        Assert.True(await imports.TryCreateAsync(import, CancellationToken.None));
        return import;
    }

    private async Task<ImportRecord> SaveAsync(ImportRecord import) =>
        (await imports.SaveAsync(import with { Tag = null }, CancellationToken.None))!;

    private Task<ImportRecord> DoneAsync(ImportRecord import) => SaveAsync(import with { State = ImportState.Done });

    private static Authority At(int hour) => new("tester", "import", Books.Now.AddHours(hour));
}
