using System.Text;
using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Imports;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>A file that the clerk has uploaded, and what its rows name.</summary>
internal sealed record SimFile(
    ImportKind Kind,
    string Name,
    byte[] Content,
    IReadOnlyList<(AccountId Account, string Id)> Rows
)
{
    public IReadOnlyList<AccountRow> Accounts { get; init; } = [];
}

/// <summary>The clerk with the files: uploads them, and again, and never waits for an answer.</summary>
internal sealed class Clerk(SimWorld world)
{
    private readonly List<SimFile> files = [];

    public IReadOnlyList<SimFile> Files => files;

    public void Upload(ImportKind kind, string name, params IReadOnlyList<object> rows)
    {
        var lines = rows.Select(row => row.ToString()!).ToList();
        var text = string.Join("\n", [string.Join(",", kind.FileFormat.Header), .. lines, ""]);
        var accountAt = kind == ImportKind.Accounts ? 0 : 1;
        var named = lines
            .Select(line => line.Split(','))
            .Select(cells => (new AccountId(cells[accountAt]), cells[0]))
            .ToList();
        files.Add(
            new SimFile(kind, name, Encoding.UTF8.GetBytes(text), named) { Accounts = [.. rows.OfType<AccountRow>()] }
        );
        Send(files[^1]);
    }

    public void SendAgain(int pick)
    {
        if (files.Count > 0)
        {
            Send(files[pick % files.Count]);
        }
    }

    /// <summary>
    /// Every file once more, as a clerk who does not know what became of them (I11). An old accounts file would be news
    /// (R23), and its look at every account would hide what nobody would ever look at: only one that never arrived is
    /// sent.
    /// </summary>
    public void SendAllAgain()
    {
        var arrived = world.ImportRecords().Select(import => import.FileName).ToHashSet();
        files.Where(file => file.Kind != ImportKind.Accounts || !arrived.Contains(file.Name)).ToList().ForEach(Send);
    }

    private void Send(SimFile file)
    {
        foreach (var account in file.Accounts)
        {
            // Sent again after another one, it says so again (R23).
            world.Customers.FileSays(account.Id, account.Autopay);
        }

        var worker = world.AnyWorker();
        worker.Start(
            $"upload {file.Name}",
            async () =>
            {
                using var content = new MemoryStream(file.Content);
                var authority = worker.Verb<CityClock>().Authority("clerk", file.Name);
                var receipt = await worker
                    .Verb<ReceiveImport>()
                    .RunAsync(
                        file.Kind,
                        file.Name,
                        content,
                        new ExpectedTotals(null, null),
                        authority,
                        CancellationToken.None
                    );
                Assert.True(receipt.Check.IsGood, string.Join("; ", receipt.Check.Problems));
            }
        );
    }
}
