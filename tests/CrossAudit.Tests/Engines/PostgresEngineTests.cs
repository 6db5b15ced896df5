using Npgsql;

namespace CrossAudit.Tests.Engines;

public sealed class PostgresEngineTests(EngineSet engines)
{
    [Fact]
    public async Task A_new_database_is_empty_and_can_be_written()
    {
        var postgres = await engines.PostgresAsync();
        var url = new Uri(await postgres.CreateDatabaseAsync("a_new_database"));

        await using var connection = new NpgsqlConnection($"Host={url.Host};Port={url.Port};Username={url.UserInfo};Database={url.AbsolutePath[1..]};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("CREATE TABLE a (b text); INSERT INTO a VALUES ('ä'); SELECT upper(b) FROM a", connection);

        Assert.Equal("Ä", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
