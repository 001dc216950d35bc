using Autopay.Application.Backups;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Autopay.Tests.App.Backups;

/// <summary>Backups in a second account: how they get there, and books that are made from them alone.</summary>
public sealed class SecondAccountTests(AzuriteFixture azurite)
{
    private readonly Requests requests = new();

    [Fact]
    public async Task Books_whose_account_lost_everything_are_restored_from_the_other_account_with_the_last_controls()
    {
        var there = await AccountAsync();
        await using var books = new WipedBooks(azurite) { Copies = there };
        await books.InitializeAsync();
        await books.Books.Clients.Container(StorageClients.BackupsContainer).DeleteAsync();

        var foreign = new BlobBackupStore(books.Books.Clients, there.Exports);
        Assert.Equal([books.Manifest.Id], await foreign.ReadIdsAsync(CancellationToken.None).ToListAsync());
        var restored = await books.RestoreAsync(foreign);

        Assert.Equal(books.Manifest.Sums, restored.Sums);
        Assert.Equal(140, restored.Sums.Accounts);
        var controls = (await books.Controls.LoadAsync(CancellationToken.None)).Controls;
        Assert.Equal("outage", controls.Deferrals.Single().Id.Value);
        Assert.Equal("after the night", controls.Halt!.Reason);
        Assert.Equal(books.Manifest.BegunAt, controls.ReconcileSince);
    }

    [Fact]
    public async Task Each_blob_comes_in_one_request_that_can_only_create()
    {
        var there = await AccountAsync();
        await using var books = new WipedBooks(azurite) { Copies = there };
        await books.InitializeAsync();

        var puts = requests
            .All.Where(it => it.Method == "PUT" && !it.Query.Contains("restype=container", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(books.Manifest.Tables.Count + 2, puts.Count);
        Assert.All(puts, put => Assert.Equal(("", "*", "BlockBlob"), (put.Query, put.IfNoneMatch, put.BlobType)));
        Assert.EndsWith("/manifest.json", puts[^2].Path, StringComparison.Ordinal);
        Assert.DoesNotContain(requests.All, it => it.Method is "GET" or "HEAD" or "DELETE");
    }

    [Fact]
    public async Task A_copy_that_was_killed_is_finished_and_what_is_there_is_not_written_over()
    {
        var there = await AccountAsync();
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var first = there.Exports!.GetBlobClient($"{books.Manifest.Id}/{books.Manifest.Tables[0].Table}.ndjson");
        await first.UploadAsync(BinaryData.FromString("there before"));

        var copied = await books.CopyBackup(new BlobBackupCopies(books.Store, there)).RunAsync(CancellationToken.None);
        var again = await books.CopyBackup(new BlobBackupCopies(books.Store, there)).RunAsync(CancellationToken.None);

        Assert.Equal((books.Manifest.Id, null), (copied, again));
        Assert.Equal("there before", (await first.DownloadContentAsync()).Value.Content.ToString());
        Assert.True(await there.Exports.GetBlobClient($"{books.Manifest.Id}/manifest.json").ExistsAsync());
    }

    [Fact]
    public async Task A_copy_that_fails_is_on_the_stuck_list_until_one_is_whole()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var there = await AccountAsync(isThere: false);
        var copies = new BlobBackupCopies(books.Store, there);
        var stuck = new TableStuckStore(books.Books.Clients);

        Assert.Null(await books.CopyBackup(copies).RunAsync(CancellationToken.None));
        await books.CopyControls(copies).RunAsync(CancellationToken.None);
        var failed = await stuck.ReadAllAsync(CancellationToken.None).ToListAsync();
        await there.Exports!.CreateAsync();
        Assert.NotNull(await books.CopyBackup(copies).RunAsync(CancellationToken.None));
        await books.CopyControls(copies).RunAsync(CancellationToken.None);

        Assert.Equal(
            [CopyControls.Kind, CopyBackup.Kind],
            failed.Select(item => item.Kind).Order(StringComparer.Ordinal)
        );
        Assert.All(failed, item => Assert.Contains("404 ContainerNotFound", item.Reason, StringComparison.Ordinal));
        Assert.Empty(await stuck.ReadAllAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Controls_are_copied_when_they_have_changed_and_not_otherwise()
    {
        var there = await AccountAsync();
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var copy = books.CopyControls(new BlobBackupCopies(books.Store, there));

        await copy.RunAsync(CancellationToken.None);
        await copy.RunAsync(CancellationToken.None);
        Assert.Equal(1, await there.Exports!.GetBlobsAsync().CountAsync());

        await books.HaltAsync();
        books.Pass(TimeSpan.FromMinutes(15));
        await copy.RunAsync(CancellationToken.None);
        Assert.Equal(2, await there.Exports.GetBlobsAsync().CountAsync());
    }

    [Fact]
    public async Task Without_a_second_account_nothing_is_read_and_nothing_copied()
    {
        await using var books = new WipedBooks(azurite);
        await books.InitializeAsync();
        var none = new BlobBackupCopies(books.Store, new CopiesAccount(null, new NoCredential()));
        var reports = new TableReportStore(books.Books.Clients);

        Assert.Null(await books.CopyBackup(none).RunAsync(CancellationToken.None));
        await books.CopyControls(none).RunAsync(CancellationToken.None);

        Assert.Empty(await reports.ReadNewestAsync(CopyBackup.Kind, CancellationToken.None).ToListAsync());
        Assert.Empty(await reports.ReadNewestAsync(CopyControls.Kind, CancellationToken.None).ToListAsync());
    }

    private async Task<CopiesAccount> AccountAsync(bool isThere = true)
    {
        var connection = await azurite.NewAccountAsync();
        if (isThere)
        {
            await new BlobContainerClient(connection, CopiesAccount.Container).CreateAsync();
        }

        var options = new BlobClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
        return new CopiesAccount(new BlobServiceClient(connection, options), new NoCredential());
    }

    private sealed record Seen(string Method, string Path, string Query, string? IfNoneMatch, string? BlobType);

    private sealed class Requests : HttpPipelineSynchronousPolicy
    {
        private readonly Lock gate = new();
        private readonly List<Seen> all = [];

        public IReadOnlyList<Seen> All
        {
            get
            {
                lock (gate)
                {
                    return [.. all];
                }
            }
        }

        public override void OnSendingRequest(HttpMessage message)
        {
            lock (gate)
            {
                all.Add(
                    new Seen(
                        message.Request.Method.Method,
                        message.Request.Uri.Path,
                        message.Request.Uri.Query,
                        Header(message, "If-None-Match"),
                        Header(message, "x-ms-blob-type")
                    )
                );
            }
        }

        private static string? Header(HttpMessage message, string name) =>
            message.Request.Headers.TryGetValue(name, out var value) ? value : null;
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
