redirect "frank@example.com";
