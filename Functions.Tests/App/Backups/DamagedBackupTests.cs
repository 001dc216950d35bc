using System.Text;
using Autopay.Storage;
using Azure.Storage.Blobs;

namespace Autopay.Tests.App.Backups;

/// <summary>A backup that is not what it was when it was written is refused before anything is written.</summary>
public sealed class DamagedBackupTests(WipedBooks books) : IClassFixture<WipedBooks>
{
    public static TheoryData<string, string> Damages =>
        new()
        {
            { "ledger03.ndjson", "one digit" },
            { "ledger03.ndjson", "cut in a line" },
            { "ledger03.ndjson", "cut after a line" },
            { "ledger03.ndjson", "a line twice" },
            { "controls.ndjson", "no JSON" },
            { "suspense.ndjson", "gone" },
            { "manifest.json", "one digit" },
            { "manifest.json", "no JSON" },
            { "manifest.json", "gone" },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_backup_is_refused_and_writes_nothing(string blob, string damage)
    {
        var client = books
            .Books.Clients.Container(StorageClients.BackupsContainer)
            .GetBlobClient($"{books.Manifest.Id}/{blob}");
        var whole = (await client.DownloadContentAsync()).Value.Content.ToString();
        var empty = await Wipe.DigestAsync(books.Books.Clients);
        await DamageAsync(client, whole, damage);

        var refused = await Assert.ThrowsAsync<RefusedException>(books.RestoreAsync);
        await client.UploadAsync(BinaryData.FromString(whole), overwrite: true);

        Assert.Contains(blob.Split('.')[0], refused.Message, StringComparison.Ordinal);
        Assert.Equal(empty, await Wipe.DigestAsync(books.Books.Clients));
        Assert.Single(empty);
    }

    private static Task DamageAsync(BlobClient client, string whole, string damage) =>
        damage switch
        {
            "gone" => client.DeleteAsync(),
            _ => client.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(Damaged(whole, damage))), overwrite: true),
        };

    private static string Damaged(string whole, string damage) =>
        damage switch
        {
            "one digit" => whole[..^10].LastIndexOfAny(['3', '7']) is var digit
                ? $"{whole[..digit]}5{whole[(digit + 1)..]}"
                : whole,
            "cut in a line" => whole[..^50],
            "cut after a line" => whole[..(whole[..^1].LastIndexOf('\n') + 1)],
            "a line twice" => whole + whole[..(whole.IndexOf('\n', StringComparison.Ordinal) + 1)],
            _ => whole.Replace(':', ';'),
        };
}
