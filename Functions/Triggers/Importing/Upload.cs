using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Importing;

/// <summary>
/// An uploaded CSV file: streamed to a temporary file that vanishes when it is closed, never held in memory.
/// </summary>
internal static class Upload
{
    private const int LongestName = 120;

    // zip (also empty), gzip, 7z, zstd, xz.
    private static readonly byte[][] Packed =
    [
        [0x50, 0x4b, 3, 4],
        [0x50, 0x4b, 5, 6],
        [0x1f, 0x8b],
        [0x37, 0x7a, 0xbc, 0xaf],
        [0x28, 0xb5, 0x2f, 0xfd],
        [0xfd, 0x37, 0x7a, 0x58],
    ];

    /// <exception cref="BadRequestException">Not CSV, encoded, or too large.</exception>
    public static async Task<FileStream> ToTempFileAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentType?.Split(';')[0].Trim() is not "text/csv" || request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadRequestException(
                "Expected a body of type text/csv without content encoding: send the header Content-Type: "
                    + "text/csv, whatever the system calls a .csv file.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        var file = new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            await CopyAsync(request, file, cancel);
            await RefusePackedAsync(file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the sender calls the file; only ever shown, never used as a path.</summary>
    public static string NameOf(HttpRequest request)
    {
        var name = request.Query["name"].ToString();
        var shown = new string([
            .. name.Where(letter => !char.IsControl(letter) && letter is not ('\u202e' or '\u202d' or '/' or '\\'))
                .Take(LongestName),
        ]);
        return shown.Length == 0 ? "upload.csv" : shown;
    }

    // By its first bytes: whatever it is called, it is never unpacked.
    private static async Task RefusePackedAsync(FileStream file, CancellationToken cancel)
    {
        var start = new byte[4];
        file.Position = 0;
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        if (Packed.Any(magic => start.AsSpan(0, length).StartsWith(magic)))
        {
            throw new BadRequestException(
                "Expected a CSV file, found an archive or a compressed file.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }
    }

    private static async Task CopyAsync(HttpRequest request, FileStream file, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await HttpJson.ReadPartAsync(request, buffer, ImportReader.LargestFile)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            if (file.Length > ImportReader.LargestFile)
            {
                throw HttpJson.TooLarge(ImportReader.LargestFile);
            }
        }
    }
}
