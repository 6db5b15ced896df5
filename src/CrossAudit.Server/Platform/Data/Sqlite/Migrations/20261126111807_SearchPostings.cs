using System;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SearchPostings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SearchIndexSql.BeginAnew("CAST(strftime('%s', 'now') AS INTEGER) * 1000000") + "DROP TABLE IF EXISTS fragment_index;");
            migrationBuilder.DropPrimaryKey(
                name: "pk_fragments",
                table: "fragments");

            migrationBuilder.AlterColumn<long>(
                name: "number",
                table: "fragments",
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "INTEGER")
                .OldAnnotation("Sqlite:Autoincrement", true);

            migrationBuilder.AddColumn<int>(
                name: "index_bucket",
                table: "document_versions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "indexed_text",
                table: "document_versions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "document_versions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_fragments",
                table: "fragments",
                columns: new[] { "organization_id", "number" });

            migrationBuilder.CreateTable(
                name: "search_indexes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    texts = table.Column<long>(type: "INTEGER", nullable: false),
                    bucket = table.Column<int>(type: "INTEGER", nullable: false),
                    filled = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_indexes", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "search_postings",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    corpus = table.Column<int>(type: "INTEGER", nullable: false),
                    term = table.Column<string>(type: "TEXT", nullable: false),
                    bucket = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    passages = table.Column<int>(type: "INTEGER", nullable: false),
                    entries = table.Column<byte[]>(type: "BLOB", nullable: false),
                    positions = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_postings", x => new { x.organization_id, x.corpus, x.term, x.bucket });
                });

            migrationBuilder.CreateTable(
                name: "search_statistics",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    corpus = table.Column<int>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    passages = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_statistics", x => new { x.organization_id, x.corpus, x.language });
                });
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
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "INTEGER")
                .Annotation("Sqlite:Autoincrement", true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_fragments",
                table: "fragments",
                column: "number");
        }
    }
}
