using System;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SearchPostings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SearchIndexSql.BeginAnew("now()") + "DROP TABLE IF EXISTS fragment_index, fragment_index_statistics; DROP FUNCTION IF EXISTS term_frequency;");
            migrationBuilder.DropPrimaryKey(
                name: "pk_fragments",
                table: "fragments");

            migrationBuilder.AlterColumn<long>(
                name: "number",
                table: "fragments",
                type: "bigint",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "bigint")
                .OldAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddColumn<int>(
                name: "index_bucket",
                table: "document_versions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "indexed_text",
                table: "document_versions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "document_versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_fragments",
                table: "fragments",
                columns: new[] { "organization_id", "number" });

            migrationBuilder.CreateTable(
                name: "search_indexes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    texts = table.Column<long>(type: "bigint", nullable: false),
                    bucket = table.Column<int>(type: "integer", nullable: false),
                    filled = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_indexes", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "search_postings",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    corpus = table.Column<int>(type: "integer", nullable: false),
                    term = table.Column<string>(type: "text", nullable: false),
                    bucket = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    passages = table.Column<int>(type: "integer", nullable: false),
                    entries = table.Column<byte[]>(type: "bytea", nullable: false),
                    positions = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_postings", x => new { x.organization_id, x.corpus, x.term, x.bucket });
                });

            migrationBuilder.CreateTable(
                name: "search_statistics",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    corpus = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    passages = table.Column<long>(type: "bigint", nullable: false),
                    words = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_statistics", x => new { x.organization_id, x.corpus, x.language });
                });

            migrationBuilder.Sql(SearchIndexSql.PostgresStorage);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "search_indexes");

            migrationBuilder.DropTable(
                name: "search_postings");

            migrationBuilder.DropTable(
                name: "search_statistics");

            migrationBuilder.DropPrimaryKey(
                name: "pk_fragments",
                table: "fragments");

            migrationBuilder.DropColumn(
                name: "index_bucket",
                table: "document_versions");

            migrationBuilder.DropColumn(
                name: "indexed_text",
                table: "document_versions");

            migrationBuilder.DropColumn(
                name: "language",
                table: "document_versions");

            migrationBuilder.AlterColumn<long>(
                name: "number",
                table: "fragments",
                type: "bigint",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "bigint")
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddPrimaryKey(
                name: "pk_fragments",
                table: "fragments",
                column: "number");
        }
    }
}
