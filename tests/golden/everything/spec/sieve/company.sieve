redirect :copy "archive@example.com";
