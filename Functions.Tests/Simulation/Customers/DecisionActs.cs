using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Domain;

namespace Autopay.Tests.Simulation;

/// <summary>People with the work list: each decides about something that waits there.</summary>
internal sealed class DecisionActs(SimWorld world)
{
    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.KeepStored or ActKind.TakeNew: Decide(act); break;
            case ActKind.ApplyRow or ActKind.DiscardRow: DecideRow(act); break;
            case ActKind.AssignPayment or ActKind.DiscardPayment: DecidePayment(act); break;
            case ActKind.Exempt or ActKind.Include: Exempt(act); break;
            case ActKind.KeepCredit or ActKind.Dismiss: DecideMoney(act); break;
            default: DecideImport(act); break;
        }
    }

    private void Decide(Act act)
    {
        var all = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Corrections.Select(correction => (ledger.Id, Correction: correction))).ToList();
        all = act.Cents % 2 == 0 && all.Exists(it => it.Correction.Other is not null) ? all.FindAll(it => it.Correction.Other is not null) : all;
        if (Pick(all, act, out var found))
        {
            var (account, correction) = found;
            world.Customers.Decides(correction.Id);
            Ask(act, $"{account} {correction.Item} {correction.Id}", async (worker, authority) => act.Kind == ActKind.TakeNew
                ? await worker.Verb<DecideCorrection>().TakeAsync(account, correction.Item, correction.Id, authority, CancellationToken.None) is not null
                : await worker.Verb<DecideCorrection>().KeepAsync(account, correction.Item, correction.Id, authority, CancellationToken.None) is not null);
        }
    }

    private void DecideRow(Act act)
    {
        if (Pick([.. world.Waiting.Open], act, out var row))
        {
            AccountId? to = act.Cents % 4 == 0 && row.Content.Enrolment is null ? Anybody(act) : null;
            world.Customers.Decides(row.RowId);
            Ask(act, row.Id, async (worker, authority) => act.Kind == ActKind.ApplyRow
                ? await worker.Verb<DecideWaitingRow>().ApplyAsync(row.Id, to, authority, CancellationToken.None) is not null
                : await worker.Verb<DecideWaitingRow>().DiscardAsync(row.Id, authority, CancellationToken.None));
        }
    }

    private void DecidePayment(Act act)
    {
        if (Pick([.. world.SuspensePayments().Where(it => it is { IsOpen: true, AssignedTo: null })], act, out var payment))
        {
            world.Customers.Decides(payment.Payment.Id.Value);
            Ask(act, payment.Payment.Id.Value, async (worker, authority) => act.Kind == ActKind.AssignPayment
                ? await worker.Verb<AssignSuspense>().RunAsync(payment.Payment.Id, payment.NamedAccount, Anybody(act), authority, CancellationToken.None) is not null
                : await worker.Verb<AssignSuspense>().DiscardAsync(payment.Payment.Id, payment.NamedAccount, authority, CancellationToken.None));
        }
    }

    private void Exempt(Act act)
    {
        var takesOut = act.Kind == ActKind.Exempt;
        var all = (from ledger in world.Ledgers.Ledgers
                   from bill in ledger.Bills
                   from deferral in world.Controls.Current.Deferrals
                   where takesOut ? deferral.Covers(bill) : bill.Exemptions.Contains(deferral.Id)
                   select (ledger.Id, Bill: bill.Id, Deferral: deferral.Id)).ToList();
        if (Pick(all, act, out var found))
        {
            Change(act, found.Id, now => new ExemptBill(found.Bill, found.Deferral, takesOut, $"act {act.Number}", now));
        }
    }

    private void DecideMoney(Act act)
    {
        var credits = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Funds.Where(funds => ledger.WaitsForFinance(funds.Id)).Select(funds => (ledger.Id, Funds: funds.Id))).ToList();
        var warnings = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Warnings.Select(warning => (ledger.Id, warning.Bill))).ToList();
        if (act.Kind == ActKind.KeepCredit && Pick(credits, act, out var credit))
        {
            Change(act, credit.Id, now => new KeepCredit(credit.Funds, $"act {act.Number}", now));
        }
        else if (act.Kind == ActKind.Dismiss && Pick(warnings, act, out var warning))
        {
            Change(act, warning.Id, now => new DismissWarnings(warning.Bill, $"act {act.Number}", now));
        }
    }

    private void DecideImport(Act act)
    {
        var all = world.ImportRecords();
        var fits = act.Kind switch
        {
            ActKind.SetAside => all.Where(import => !import.IsEnded),
            ActKind.RearmImport => all.Where(import => world.Ledgers.Ledgers.Any(ledger => ledger.Bills.Any(bill => bill.BlockedBy == import.Id))),
            _ => all.Where(import => import.State == ImportState.SetAside || (act.Cents % 8 == 0 && import.IsEnded)),
        };
        if (Pick([.. fits], act, out var import))
        {
            Ask(act, import.FileName, async (worker, authority) => act.Kind switch
            {
                ActKind.SetAside => await worker.Verb<SetAsideImport>().RunAsync(import.Id, authority, CancellationToken.None) is not null,
                ActKind.RearmImport => await worker.Verb<RearmImport>().RunAsync(import.Id, authority, CancellationToken.None) is { Bills: > 0 },
                _ => await Again(worker, import, authority) is not null,
            });
        }
    }

    private Task<ImportRecord?> Again(Worker worker, ImportRecord import, Authority authority)
    {
        world.Customers.FileArrivesAgain();
        return worker.Verb<RepeatImport>().RunAsync(import.Id, authority, CancellationToken.None);
    }

    private void Change(Act act, AccountId account, Func<Moment, LedgerCommand> command) =>
        Ask(act, account.Value, async (worker, authority) => await worker.Verb<ChangeAccount>().RunAsync(account, command, authority, CancellationToken.None) is not null);

    // What a person was really answered counts; a refusal or a lost answer does not.
    private void Ask(Act act, string what, Func<Worker, Authority, Task<bool>> verb)
    {
        var worker = world.AnyWorker();
        worker.Start($"{act.Kind} {what}", async () =>
        {
            if (await verb(worker, worker.Verb<CityClock>().Authority("clerk", $"act {act.Number}")))
            {
                world.Troubles.Met(act.Kind);
            }
        });
    }

    private static AccountId Anybody(Act act) => SimWorld.Everybody[act.Cents % SimWorld.Everybody.Count];

    private static bool Pick<T>(IReadOnlyList<T> all, Act act, out T found)
    {
        found = all.Count == 0 ? default! : all[act.Pick % all.Count];
        return all.Count > 0;
    }
}
