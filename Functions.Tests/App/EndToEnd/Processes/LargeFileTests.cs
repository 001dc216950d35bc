using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

[Collection(OneApp.Collection)]
public sealed class LargeFileTests(OneApp one)
{
    private const int Megabyte = 1024 * 1024;
    private readonly AppHost app = one.App;

    [Fact]
    public async Task N37_a_file_of_more_than_100_MB_that_does_not_say_so_is_cut_off() =>
        Assert.Empty(
            await app.ChangedByAsync(async () =>
            {
                var (status, megabytes) = await PourAsync();

                Assert.Equal(413, status);
                Assert.InRange(megabytes, 99, 140);
            })
        );

    [Fact]
    public async Task N37_a_file_that_says_so_is_refused_before_it_is_sent() =>
        Assert.Empty(
            await app.ChangedByAsync(async () =>
            {
                using var socket = await ConnectAsync("text/csv", "Content-Length: 200000000");
                using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);

                Assert.Equal(413, StatusOf(await reader.ReadLineAsync()));
            })
        );

    // Sends megabyte after megabyte until it is answered, then sees the connection end.
    private async Task<(int Status, int Megabytes)> PourAsync()
    {
        using var socket = await ConnectAsync("text/csv", "Transfer-Encoding: chunked");
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = reader.ReadLineAsync();
        var chunk = Encoding.ASCII.GetBytes($"{Megabyte:x}\r\n{new string('x', Megabyte)}\r\n");
        var sent = 0;
        while (!answer.IsCompleted && sent < 200 && await TryAsync(async () => await stream.WriteAsync(chunk)))
        {
            sent++;
        }

        var status = StatusOf(await answer);
        await TryAsync(async () => await reader.ReadToEndAsync());
        return (status, sent);
    }

    private async Task<TcpClient> ConnectAsync(string type, string length)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        await socket
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    "POST /api/imports/bills HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        + $"{type}\r\nX-CSRF: 1\r\n{length}\r\n\r\n"
                )
            );
        return socket;
    }

    private static int StatusOf(string? line) => int.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
