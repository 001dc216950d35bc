namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>Every notice that waits is printed and mailed on the step's day (R44).</summary>
internal sealed record MailStep : TimelineStep
{
    internal override async Task<string> PlayAsync(StepContext context)
    {
        var today = DateOnly.FromDateTime(At);
        var mailed = 0;
        foreach (var ledger in context.Ledgers(account: null).ToList())
        {
            foreach (var (debit, notice) in Waiting(ledger).ToList())
            {
                mailed += await MailAsync(context, ledger, debit, notice, today);
            }
        }

        return WithReason($"{mailed} notices mailed");
    }

    private static IEnumerable<(Debit Debit, Notice Notice)> Waiting(AccountLedger ledger) =>
        from debit in ledger.Debits
        from notice in debit.Notices
        where notice.IsWaiting
        select (debit, notice);

    private async Task<int> MailAsync(
        StepContext context,
        AccountLedger ledger,
        Debit debit,
        Notice notice,
        DateOnly today
    )
    {
        if (NoticeContent.Of(ledger, debit, notice.Kind, context.World.Controls.Current, today) is not { } content)
        {
            await context.ChangeAsync(
                ledger.Id,
                now => new DropNotice(debit.Id, notice.Number, "nothing to tell any more", now),
                Why
            );
            return 0;
        }

        await context.ChangeAsync(
            ledger.Id,
            now => new RecordNoticeSent(
                debit.Id,
                notice.Number,
                NoticeChannel.Letter,
                today,
                content.Amount,
                content.Day,
                $"letters of {StepText.Day(today)}",
                now
            ),
            Why
        );
        return 1;
    }
}
